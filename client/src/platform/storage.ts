// What is kept on the device. A full or forbidden store never stops a person: it is said, and memory goes on.

import { ref } from 'vue'

const memory = new Map<string, string>()
const full = ref(false)

export const storage = {
  read<T>(key: string): T | undefined {
    try {
      const text = memory.get(key) ?? (uni.getStorageSync(key) as string)
      return text ? (JSON.parse(text) as T) : undefined
    } catch {
      return undefined
    }
  },
  write(key: string, value: unknown): boolean {
    const text = JSON.stringify(value)
    try {
      uni.setStorageSync(key, text)
      memory.delete(key)
      full.value = false
    } catch {
      memory.set(key, text)
      full.value = true
    }
    return !full.value
  },
  drop(key: string) {
    memory.delete(key)
    uni.removeStorageSync(key)
  },
  keys(): string[] {
    return [...new Set([...memory.keys(), ...(uni.getStorageInfoSync().keys ?? [])])]
  },
  isFull: () => full.value,
}
