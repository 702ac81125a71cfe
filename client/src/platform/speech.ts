// Saying a sum aloud. Where the device cannot, it vibrates, and the words stand on the screen.

export function say(words: string) {
  // #ifdef H5
  if ('speechSynthesis' in window) {
    const said = new SpeechSynthesisUtterance(words)
    said.lang = /[\u4e00-\u9fff]/.test(words) ? 'zh-CN' : 'en-GB'
    speechSynthesis.speak(said)
    return
  }
  // #endif
  uni.vibrateShort({})
}
