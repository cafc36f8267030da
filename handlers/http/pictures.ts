import { createHmac, timingSafeEqual } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { PublicRoute } from '#handlers/chat/platform.ts'
import type { Effects } from '#src/effects.ts'

/** Pictures that a platform fetches by a signed address, because it does not take them in the message. */
export type Pictures = {
  route: PublicRoute
  /** The address of a picture, good for a while. Whoever has it can see the picture: it is no means of privacy. */
  addressOf: (png: Uint8Array) => string
}

type Settings = {
  /** `https://bot.example.com`, without a slash at the end. */
  publicUrl: string
  /** Secret bytes that sign the addresses. */
  key: Uint8Array
  /** How long an address is good for. Default one day. */
  seconds?: number
  /** Pictures that are kept. Default 200; the one not fetched for longest goes first. */
  most?: number
}

const place = '/pictures/'

/** Keeps pictures in memory and serves them to whoever shows the signature of id and end. */
export const createPictures = (
  { publicUrl, key, seconds = 86_400, most = 200 }: Settings,
  { newId, now }: Pick<Effects, 'newId' | 'now'>,
): Pictures => {
  const kept = new LRUCache<string, Uint8Array>({ max: most })
  const find = (url: string): Uint8Array | undefined => {
    const { pathname, searchParams } = new URL(url, publicUrl)
    const id = /^\/pictures\/([\w-]{1,64})\.png$/.exec(pathname)?.[1]
    const until = searchParams.get('until') ?? ''
    if (!id || !/^\d{10,16}$/.test(until) || Number(until) < now()) return undefined
    return isSame(searchParams.get('sig') ?? '', signature(key, id, until)) ? kept.get(id) : undefined
  }
  return {
    addressOf: png => {
      const [id, until] = [newId(), String(now() + seconds * 1000)]
      kept.set(id, png)
      return `${publicUrl}${place}${id}.png?until=${until}&sig=${signature(key, id, until)}`
    },
    route: {
      method: 'GET',
      path: place,
      handle: ({ url = '/' }, response) => {
        const png = find(url)
        if (!png) return void response.writeHead(404).end()
        response.writeHead(200, { 'content-type': 'image/png', 'content-length': png.byteLength }).end(png)
      },
    },
  }
}

const signature = (key: Uint8Array, id: string, until: string) =>
  createHmac('sha256', key).update(`${id}.${until}`).digest('base64url')

const isSame = (given: string, right: string) =>
  given.length === right.length && timingSafeEqual(Buffer.from(given), Buffer.from(right))
