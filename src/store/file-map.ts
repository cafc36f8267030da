import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { KeyValues } from './key-values.ts'
import { seal, unseal } from './seal.ts'

export type { KeyValues } from './key-values.ts'

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
    return new Map(Object.entries(JSON.parse(key ? unseal(bytes, key, '') : bytes.toString('utf8'))))
  } catch (error) {
    const reason = key
      ? 'it was not sealed with this CHARTROOM_KEY, or was changed since'
      : 'it is not what was written'
    throw ChartroomError.of('source/unreadable', { path, reason }, error)
  }
}

const writeMap = async (path: string, map: Map<string, unknown>, key: Uint8Array | undefined): Promise<void> => {
  const text = JSON.stringify(Object.fromEntries(map))
  await mkdir(dirname(path), { recursive: true })
  await writeFile(`${path}.new`, key ? seal(text, key, '') : text, { mode: 0o600 })
  await rename(`${path}.new`, path)
}
