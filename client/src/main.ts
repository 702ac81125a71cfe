import { createSSRApp } from 'vue'

import App from './App.vue'
import { keepFiles } from './platform/install'

keepFiles()

export function createApp() {
  return { app: createSSRApp(App) }
}
