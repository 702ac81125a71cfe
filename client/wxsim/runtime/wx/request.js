// Requests go to the real server: the walk answers for the address that the package was built with.
import { sim, wrong } from '../report.js'
import { no, yes } from './answer.js'

const named = (headers, name) => Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1]
const AS_FORM = 'application/x-www-form-urlencoded'

function written(method, options) {
  const kind = named(options.header, 'content-type') ?? 'application/json'
  const headers = { ...options.header }
  for (const key of Object.keys(headers)) if (key.toLowerCase() === 'content-type') delete headers[key]
  headers['content-type'] = kind
  let url = options.url
  let body
  if (method === 'GET' && options.data && typeof options.data === 'object') {
    const query = new URLSearchParams(options.data).toString()
    if (query) url += (url.includes('?') ? '&' : '?') + query
  } else if (method !== 'GET' && options.data !== undefined) {
    if (typeof options.data === 'string' || options.data instanceof ArrayBuffer) body = options.data
    else body = kind.includes(AS_FORM) ? new URLSearchParams(options.data).toString() : JSON.stringify(options.data)
  }
  return { url, headers, body }
}

async function answered(response, options) {
  if (options.responseType === 'arraybuffer') return response.arrayBuffer()
  const text = await response.text()
  if ((options.dataType ?? 'json') !== 'json') return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function request(options) {
  const stopping = new AbortController()
  const task = { abort: () => stopping.abort(), onHeadersReceived() {}, offHeadersReceived() {}, onChunkReceived() {}, offChunkReceived() {} }
  const method = (options.method ?? 'GET').toUpperCase()
  if (!/^https?:\/\//.test(options.url)) no('request', options, `invalid url "${options.url}"`)
  else if (sim.world.network === 'none') no('request', options, 'net::ERR_INTERNET_DISCONNECTED', { errno: 600001 })
  else {
    const { url, headers, body } = written(method, options)
    sim.requests.push(`${method} ${url}`)
    const timer = setTimeout(() => stopping.abort(), options.timeout ?? 60_000)
    fetch(url, { method, headers, body, signal: stopping.signal })
      .then(async (response) => {
        const facts = { data: await answered(response, options), statusCode: response.status, header: Object.fromEntries(response.headers), cookies: [] }
        return () => yes('request', options, facts)
      })
      .catch((problem) => () => no('request', options, problem.message, { errno: 600001 }))
      .then((tell) => (clearTimeout(timer), options.success || options.fail || options.complete ? tell() : wrong('wx.request', 'nobody waits for the answer')))
  }
  return task
}

async function sendFile(options) {
  const file = sim.world.files.find((one) => one.path === options.filePath)
  if (sim.world.network === 'none' || !file) return no('uploadFile', options, file ? 'net::ERR_INTERNET_DISCONNECTED' : 'file not found')
  const form = new FormData()
  for (const [key, value] of Object.entries(options.formData ?? {})) form.append(key, value)
  form.append(options.name, new Blob([Uint8Array.from(atob(file.base64 ?? ''), (letter) => letter.charCodeAt(0))]), file.path.split('/').at(-1))
  const response = await fetch(options.url, { method: 'POST', headers: options.header, body: form })
  return yes('uploadFile', options, { statusCode: response.status, data: await response.text() })
}

function uploadFile(options) {
  sendFile(options).catch((problem) => no('uploadFile', options, problem.message))
  return { abort() {}, onProgressUpdate() {}, offProgressUpdate() {} }
}

export const requests = { request, uploadFile }
