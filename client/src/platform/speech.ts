// Saying a sum aloud, and a tone for yes and for no. Where the device cannot speak, the tone and a buzz; the words stand on the screen.

export function say(words: string) {
  // #ifdef H5
  if ('speechSynthesis' in window) {
    const said = new SpeechSynthesisUtterance(words)
    said.lang = /[\u4e00-\u9fff]/.test(words) ? 'zh-CN' : 'en-GB'
    speechSynthesis.speak(said)
  }
  // #endif
  sound('done')
}

/** Two rising tones, or two low ones: to be told apart without looking. */
export function sound(what: 'done' | 'no') {
  // #ifdef H5
  tone(what === 'done' ? [880, 1320] : [220, 220])
  // #endif
  // #ifdef MP-WEIXIN
  const player = uni.createInnerAudioContext()
  player.src = `/static/sounds/${what}.wav`
  player.onEnded(() => player.destroy())
  player.play()
  uni.vibrateShort({})
  // #endif
}

// #ifdef H5
let pen: AudioContext | undefined
function tone(steps: number[]) {
  if (!('AudioContext' in window)) return
  pen ??= new AudioContext()
  if (pen.state === 'suspended') void pen.resume().catch(() => undefined)
  const volume = pen.createGain()
  volume.gain.value = 0.2
  volume.connect(pen.destination)
  steps.forEach((hertz, at) => {
    if (!pen) return
    const voice = pen.createOscillator()
    voice.frequency.value = hertz
    voice.connect(volume)
    voice.start(pen.currentTime + at * 0.14)
    voice.stop(pen.currentTime + at * 0.14 + 0.12)
  })
}
// #endif
