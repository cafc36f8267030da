import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ChartroomError } from '#src/vocabulary/errors.ts'

/** JSON values by key that outlive the process: installations of Slack, conversations of Teams. */
export type KeyValues = {
  get: (key: string) => Promise<unknown>
  /** Resolves when it is on disk. */
  put: (key: string, value: unknown) => Promise<void>
  delete: (key: string) => Promise<void>
}

/**
 * Values in one file that only its owner may read (0600), sealed with AES-256-GCM when there is a key. It is written anew as a whole and
 * renamed, so that a process killed meanwhile leaves the file before. Throws `source/unreadable` when it cannot be opened with the key.
 */
export const createFileMap = (path: string, key?: Uint8Array): KeyValues => {
  let loading: Promise<Map<string, unknown>> | undefined
  let writing: Promise<void> = Promise.resolve()
  const load = () => {
    loading ??= readMap(path, key).catch(error => {
      loading = undefined
      throw error
    })
    return loading
  }
  const change = async (apply: (map: Map<string, unknown>) => void): Promise<void> => {
    const map = await load()
    apply(map)
    const written = writing.then(() => writeMap(path, map, key))
    writing = written.catch(() => undefined)
    return written
  }
  return {
    get: async name => (await load()).get(name),
    put: (name, value) => change(map => void map.set(name, value)),
    delete: name => change(map => void map.delete(name)),
  }
}

const readMap = async (path: string, key: Uint8Array | undefined): Promise<Map<string, unknown>> => {
  const bytes = await readFile(path).catch(error => {
    if (error.code === 'ENOENT') return undefined
    throw ChartroomError.of('source/unreadable', { path, reason: 'it may not be read' }, error)
  })
  if (!bytes) return new Map()
  try {
    return new Map(Object.entries(JSON.parse((key ? unseal(bytes, key) : bytes).toString('utf8'))))
  } catch (error) {
    const reason = key
      ? 'it was not sealed with this CHARTROOM_KEY, or was changed since'
      : 'it is not what was written'
    throw ChartroomError.of('source/unreadable', { path, reason }, error)
  }
}

const writeMap = async (path: string, map: Map<string, unknown>, key: Uint8Array | undefined): Promise<void> => {
  const text = Buffer.from(JSON.stringify(Object.fromEntries(map)), 'utf8')
  await mkdir(dirname(path), { recursive: true })
  await writeFile(`${path}.new`, key ? seal(text, key) : text, { mode: 0o600 })
  await rename(`${path}.new`, path)
}

const [nonceBytes, tagBytes] = [12, 16]

/** Nonce, tag, sealed text. A fresh nonce each time: the same one twice would break GCM (NIST SP 800-38D). */
const seal = (text: Buffer, key: Uint8Array): Buffer => {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const sealed = Buffer.concat([cipher.update(text), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

const unseal = (bytes: Buffer, key: Uint8Array): Buffer => {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
  return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()])
}
