import { createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto'
import { z } from 'zod'
import type { Effects } from '#src/effects.ts'

/** How long nobody is asked for keys again, in milliseconds: after an answer, and after none. */
const [rest, restAfterFailure] = [30_000, 1000]

/**
 * Whether a token is signed with a published key of the Bot Framework; nothing else of it is looked at. The SDK keeps five keys and asks for all
 * of them anew at every token that names another, so whoever sends such tokens would make the bot ask without end. They do not reach it.
 * `url` is that of the keys: https://login.botframework.com/v1/.well-known/keys
 */
export const createSignatures = (url: string, { ticks }: Pick<Effects, 'ticks'>) => {
  let keys = new Map<string, KeyObject>()
  let notBefore = Number.NEGATIVE_INFINITY
  let asking: Promise<void> | undefined
  const ask = async () => {
    const found = await fetchKeys(url).catch(() => undefined)
    keys = found ?? keys
    notBefore = ticks() + (found ? rest : restAfterFailure)
    asking = undefined
  }
  return async (token: string): Promise<boolean> => {
    const [head = '', payload = '', signature = ''] = token.split('.')
    const kid = kidOf(head)
    if (kid === undefined) return false
    if (!keys.has(kid) && ticks() >= notBefore) {
      asking ??= ask()
      await asking
    }
    const key = keys.get(kid)
    return key !== undefined && verify('sha256', Buffer.from(`${head}.${payload}`), key, fromBase64(signature))
  }
}

const fromBase64 = (text: string) => Buffer.from(text, 'base64url')

const header = z.object({ kid: z.string() })

const kidOf = (head: string): string | undefined => {
  try {
    return header.safeParse(JSON.parse(fromBase64(head).toString('utf8'))).data?.kid
  } catch {
    return undefined
  }
}

const published = z.object({ keys: z.array(z.unknown()) })
const rsaKey = z.looseObject({ kid: z.string(), kty: z.literal('RSA'), n: z.string(), e: z.string() })

const fetchKeys = async (url: string): Promise<Map<string, KeyObject>> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) })
  const { keys } = published.parse(await response.json())
  return new Map(keys.flatMap(key => rsaKey.safeParse(key).data ?? []).map(key => [key.kid, publicKey(key)]))
}

const publicKey = ({ n, e }: z.infer<typeof rsaKey>) =>
  createPublicKey({ key: { kty: 'RSA', n, e } satisfies JsonWebKey, format: 'jwk' })
