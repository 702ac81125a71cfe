// Which activity a page is about, as its address says.
import { onLoad } from '@dcloudio/uni-app'
import { type Ref, ref } from 'vue'

/** WeChat gives an address as it was written, a browser gives it read. */
function plain(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

export function askedFor(name = 'id'): Ref<string> {
  const found = ref('')
  onLoad((asked) => {
    found.value = plain(String(asked?.[name] ?? ''))
  })
  return found
}
