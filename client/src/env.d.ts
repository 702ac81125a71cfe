/// <reference types="@dcloudio/types" />

interface ImportMetaEnv {
  readonly VITE_API?: string
}
interface ImportMeta {
  readonly env: ImportMetaEnv
}
declare module 'jsqr'
declare const wx: {
  shareFileMessage(o: { filePath: string; fileName: string }): void
  getPrivacySetting(o: { success: (r: { needAuthorization: boolean; privacyContractName: string }) => void; fail: () => void }): void
  openPrivacyContract(o: object): void
  requestSubscribeMessage(o: { tmplIds: string[]; success: (r: Record<string, string>) => void; fail: () => void }): void
  getRandomValues(o: { length: number; success: (r: { randomValues: ArrayBuffer }) => void; fail: (why: unknown) => void }): void
  setKeepScreenOn(o: { keepScreenOn: boolean }): void
  setScreenBrightness(o: { value: number }): void
}
