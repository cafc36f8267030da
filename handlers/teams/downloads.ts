import { fileStream } from '#handlers/chat/file-stream.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Places } from './service-url.ts'

/** A file that somebody sent in the personal chat; the address holds all that is needed to fetch it, for some minutes. */
export type Offered = { name: string; url: string }

export type Download = { stream: AsyncIterable<Uint8Array>; size?: number }

/** Fetches a file. Throws `file/unreachable`, and from the stream `file/too-large` and `file/cut-off`. */
export type Downloads = (file: Offered, signal: AbortSignal) => Promise<Download>

/** Steps of the same host that are gone along with. */
const mostSteps = 3

/**
 * Files of the people lie in their OneDrive, and only there is one fetched: whatever a message says, no other address is called, also not when
 * OneDrive leads there. No token is sent along.
 */
export const createDownloads =
  (places: Places): Downloads =>
  async ({ name, url }, signal) => {
    const response = await fetchFile(url, { places, signal }).catch(error => {
      throw signal.aborted ? error : unreachable(name, error)
    })
    if (!response?.ok || !response.body) {
      await response?.body?.cancel()
      throw unreachable(name, undefined)
    }
    const length = response.headers.get('content-length')
    // A packed body is unpacked as it comes, so its length says nothing of the file.
    const size = length !== null && !response.headers.has('content-encoding') ? Number(length) : undefined
    return { stream: fileStream(response.body, { name, size }), size }
  }

const unreachable = (name: string, cause: unknown) =>
  ChartroomError.of('file/unreachable', { name, platform: 'OneDrive' }, cause)

const fetchFile = async (address: string, { places, signal }: { places: Places; signal: AbortSignal }) => {
  let url = address
  for (let step = 0; step <= mostSteps; step++) {
    if (!isFileUrl(url, places) || new URL(url).host !== new URL(address).host) return undefined
    const response = await fetch(url, { signal, redirect: 'manual' })
    const location = response.headers.get('location')
    if (response.status < 300 || response.status >= 400 || location === null) return response
    await response.body?.cancel()
    url = URL.canParse(location, url) ? new URL(location, url).href : ''
  }
  return undefined
}

/**
 * OneDrive and SharePoint of an organization: https://learn.microsoft.com/microsoft-365/enterprise/urls-and-ip-address-ranges. In the clouds
 * of the US government above GCC bots get no files: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4
 */
export const isFileUrl = (text: string, places: Places): boolean => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || url.username || url.password) return false
  if (places.fakeUrl !== undefined) return url.origin === new URL(places.fakeUrl).origin
  return url.protocol === 'https:' && url.port === '' && /^[a-z\d-]+\.sharepoint\.com$/.test(url.hostname)
}
