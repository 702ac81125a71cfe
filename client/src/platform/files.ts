// Files to and from the server: a photo up, a paper down.
import { Offline, base } from './request'

export interface FileAnswer {
  status: number
  text: string
}

export function sendFile(o: { url: string; path?: string; file?: File; name: string; header: Record<string, string> }): Promise<FileAnswer> {
  return new Promise((resolve, reject) => {
    uni.uploadFile({
      url: base() + o.url,
      ...(o.file ? { files: [{ name: o.name, file: o.file, uri: o.file.name }] } : { filePath: o.path }),
      name: o.name,
      header: o.header,
      success: (r) => resolve({ status: r.statusCode, text: r.data }),
      fail: () => reject(new Offline()),
    })
  })
}

/** Fetch a file: a browser keeps it under `name`; WeChat opens a PDF, and hands any other file to a chat of one's own. The status tells whether there was one. */
export function openPaper(o: { url: string; name: string; header: Record<string, string> }): Promise<number> {
  return new Promise((resolve, reject) => {
    uni.downloadFile({
      url: base() + o.url,
      header: o.header,
      success: (r) => {
        if (r.statusCode < 400) show(r.tempFilePath, o.name)
        resolve(r.statusCode)
      },
      fail: () => reject(new Offline()),
    })
  })
}

function show(path: string, name: string) {
  // #ifdef H5
  const link = document.createElement('a')
  link.href = path
  link.download = name
  document.body.appendChild(link)
  link.click()
  link.remove()
  // #endif
  // #ifndef H5
  if (name.endsWith('.pdf')) uni.openDocument({ filePath: path, fileType: 'pdf', showMenu: true })
  else wx.shareFileMessage({ filePath: path, fileName: name })
  // #endif
}
