import { stat } from 'node:fs/promises'

/** Changes whenever the file is replaced or written: inode, size and time of its last change. Throws what `stat` throws. */
export const fingerprint = async (path: string): Promise<string> => {
  const { ino, size, mtimeNs } = await stat(path, { bigint: true })
  return `${ino}-${size}-${mtimeNs}`
}
