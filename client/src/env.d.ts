/// <reference types="@dcloudio/types" />

interface ImportMetaEnv {
  readonly VITE_API?: string
}
interface ImportMeta {
  readonly env: ImportMetaEnv
}
declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent<object, object, unknown>
  export default component
}
declare module 'jsqr'
declare const wx: {
  shareFileMessage(o: { filePath: string; fileName: string }): void
  getPrivacySetting(o: { success: (r: { needAuthorization: boolean; privacyContractName: string }) => void; fail: () => void }): void
  openPrivacyContract(o: object): void
  getRandomValues(o: { length: number; success: (r: { randomValues: ArrayBuffer }) => void; fail: (why: unknown) => void }): void
}
