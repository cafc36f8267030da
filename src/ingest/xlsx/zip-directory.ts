import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { unreadable } from '../faults.ts'

/** One file inside a ZIP file, as the directory at the end lists it. Sizes in bytes; `at` is where its local header starts. */
export type ZipEntry = { name: string; method: number; size: number; packed: number; at: number }

export type ZipLimits = { entries: number; bytes: number; ratio: number; ratioFree: number }

const mebibyte = 1 << 20

/** What a workbook may hold. A deflated file grows at most 1,032-fold; XML of real sheets grows 5- to 60-fold. */
export const workbookLimits: ZipLimits = {
  entries: 2000,
  bytes: 300 * mebibyte,
  ratio: 200,
  ratioFree: mebibyte,
}

/**
 * Reads the directory of a ZIP file and refuses what no honest workbook has, before anything is unpacked: too many files, too much to unpack,
 * files that lie in one another, locked ones. Throws `source/unreadable`.
 */
export const readZipDirectory = (path: string, file: string, limits = workbookLimits): ZipEntry[] => {
  const handle = openSync(path, 'r')
  try {
    const size = fstatSync(handle).size
    const read = (at: number, length: number) => {
      if (at < 0 || length < 0 || at + length > size) throw damaged(file)
      const bytes = Buffer.alloc(length)
      if (readSync(handle, bytes, 0, length, at) !== length) throw damaged(file)
      return bytes
    }
    const end = findEnd(read, size, file)
    if (end.entries > limits.entries)
      throw unreadable(
        file,
        `it holds ${count(end.entries)} files, and ${count(limits.entries)} is the most that is read`,
      )
    const entries = readEntries(read(end.at, end.length), end.entries, file)
    refuseBombs(entries, { end: end.at, file, limits })
    return entries
  } finally {
    closeSync(handle)
  }
}

type Read = (at: number, length: number) => Buffer
type End = { at: number; length: number; entries: number }

const damaged = (file: string) => unreadable(file, 'it is not an Excel workbook, or it is damaged')
const count = (n: number) => n.toLocaleString('en-US')

/** The end record: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.16; it stands before a comment of at most 65,535 bytes. */
const findEnd = (read: Read, size: number, file: string): End => {
  const tail = read(Math.max(0, size - 65_557), Math.min(size, 65_557))
  for (let at = tail.length - 22; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== 0x06054b50 || at + 22 + tail.readUInt16LE(at + 20) !== tail.length) continue
    const entries = tail.readUInt16LE(at + 10)
    const [length, start] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)]
    if (entries !== 0xffff && start !== 0xffffffff && length !== 0xffffffff) return { at: start, length, entries }
    return findLargeEnd(read, size - tail.length + at, file)
  }
  throw damaged(file)
}

/** ZIP64 (4.3.14, 4.3.15): some writers always use it. */
const findLargeEnd = (read: Read, endAt: number, file: string): End => {
  const locator = read(endAt - 20, 20)
  if (locator.readUInt32LE(0) !== 0x07064b50) throw damaged(file)
  const record = read(Number(locator.readBigUInt64LE(8)), 56)
  if (record.readUInt32LE(0) !== 0x06064b50) throw damaged(file)
  const [entries, length, at] = [32, 40, 48].map(i => Number(record.readBigUInt64LE(i))) as [number, number, number]
  return { entries, length, at }
}

const readEntries = (directory: Buffer, entries: number, file: string): ZipEntry[] => {
  const found: ZipEntry[] = []
  for (let at = 0; found.length < entries; ) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50) throw damaged(file)
    const [nameLength, extraLength, noteLength] = [28, 30, 32].map(i => directory.readUInt16LE(at + i)) as [
      number,
      number,
      number,
    ]
    const next = at + 46 + nameLength + extraLength + noteLength
    if (next > directory.length) throw damaged(file)
    if (directory.readUInt16LE(at + 8) & 1) throw unreadable(file, 'it is locked with a password; save it without one')
    const name = directory.subarray(at + 46, at + 46 + nameLength).toString('utf8')
    const extra = directory.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength)
    const [packed, size] = [directory.readUInt32LE(at + 20), directory.readUInt32LE(at + 24)]
    const entry = { method: directory.readUInt16LE(at + 10), size, packed, at: directory.readUInt32LE(at + 42) }
    found.push({ name: name.replaceAll('\\', '/'), ...withLargeSizes(entry, extra) })
    at = next
  }
  return found
}

/** Sizes that do not fit 32 bits stand in an extra field, only those, in this order (4.5.3). */
const withLargeSizes = (entry: Omit<ZipEntry, 'name'>, extra: Buffer): Omit<ZipEntry, 'name'> => {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    let from = at + 4
    const large = (value: number) => {
      if (value !== 0xffffffff || from + 8 > extra.length) return value
      from += 8
      return Number(extra.readBigUInt64LE(from - 8))
    }
    const size = large(entry.size)
    const packed = large(entry.packed)
    return { ...entry, size, packed, at: large(entry.at) }
  }
  return entry
}

const refuseBombs = (
  entries: readonly ZipEntry[],
  { end, file, limits }: { end: number; file: string; limits: ZipLimits },
) => {
  const total = entries.reduce((sum, e) => sum + e.size, 0)
  if (total > limits.bytes)
    throw unreadable(file, `it unpacks to more than ${limits.bytes / mebibyte} MB; save it as CSV, or split it`)
  const bomb = entries.find(e => e.size > limits.ratioFree && e.size > e.packed * limits.ratio)
  if (bomb) throw unreadable(file, `a part of it unpacks to more than ${limits.ratio} times its size`)
  if (new Set(entries.map(e => e.name.toLowerCase())).size < entries.length) throw damaged(file)
  const placed = entries.toSorted((a, b) => a.at - b.at)
  for (const [i, entry] of placed.entries())
    if (entry.at + 30 + entry.packed > (placed[i + 1]?.at ?? end)) throw damaged(file)
}
