// Which activity a page is about, as its address says.
import { onLoad } from '@dcloudio/uni-app'
import { type Ref, ref } from 'vue'

export function askedFor(name = 'id'): Ref<string> {
  const found = ref('')
  onLoad((asked) => {
    found.value = String(asked?.[name] ?? '')
  })
  return found
}
