import { stat } from 'node:fs/promises'

/** Changes whenever the file is replaced or written: inode, size and time of its last change. Throws what `stat` throws, and for what is no file. */
export const fingerprint = async (path: string): Promise<string> => {
  const file = await stat(path, { bigint: true })
  if (!file.isFile()) throw new Error('EISDIR: not a file')
  return `${file.ino}-${file.size}-${file.mtimeNs}`
}
