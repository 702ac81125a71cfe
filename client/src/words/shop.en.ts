import type { zh } from './shop.zh'

export const en: Record<keyof typeof zh, string> = {
}
