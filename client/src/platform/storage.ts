// What is kept on the device. A full or forbidden store never stops a person: it is said, and memory goes on.

const memory = new Map<string, string>()
let full = false

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
      full = false
    } catch {
      memory.set(key, text)
      full = true
    }
    return !full
  },
  drop(key: string) {
    memory.delete(key)
    uni.removeStorageSync(key)
  },
  keys(): string[] {
    return [...new Set([...memory.keys(), ...(uni.getStorageInfoSync().keys ?? [])])]
  },
  isFull: () => full,
}
