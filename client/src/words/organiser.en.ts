import type { zh } from './organiser.zh'

export const en: Record<keyof typeof zh, string> = {
}
