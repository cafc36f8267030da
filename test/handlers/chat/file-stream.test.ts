import { describe, expect, test } from 'vitest'
import { fileStream, mostFileBytes } from '#handlers/chat/file-stream.ts'

async function* pieces(...sizes: (number | Error)[]) {
  for (const size of sizes) {
    if (size instanceof Error) throw size
    yield new Uint8Array(size)
  }
}

const read = async (stream: AsyncIterable<Uint8Array>) => {
  let bytes = 0
  for await (const chunk of stream) bytes += chunk.byteLength
  return bytes
}

describe('the bytes of a file that somebody sends', () => {
  test('come as they are, up to 100 MB', async () => {
    expect(mostFileBytes).toBe(104_857_600)
    expect(await read(fileStream(pieces(3, 0, 4), { name: 'a.csv', size: 7 }, 7))).toBe(7)
    expect(await read(fileStream(pieces(), { name: 'a.csv' }))).toBe(0)
  })

  test('are not even begun when more are announced', async () => {
    const begun: string[] = []
    async function* source() {
      begun.push('yes')
      yield new Uint8Array(1)
    }
    await expect(read(fileStream(source(), { name: 'a.csv', size: 8 }, 7))).rejects.toMatchObject({
      code: 'file/too-large',
      message: 'a.csv is larger than 100 MB.',
    })
    expect(begun).toEqual([])
  })

  test('end as soon as more have come, whatever was announced, and the source is closed', async () => {
    const seen: string[] = []
    async function* endless() {
      try {
        for (;;) {
          seen.push('piece')
          yield new Uint8Array(4)
        }
      } finally {
        seen.push('closed')
      }
    }
    await expect(read(fileStream(endless(), { name: 'a.csv', size: 5 }, 7))).rejects.toMatchObject({
      code: 'file/too-large',
    })
    expect(seen).toEqual(['piece', 'piece', 'closed'])
  })

  test.each([
    ['fewer come than announced', pieces(3)],
    ['the connection breaks', pieces(3, new Error('secret address'))],
  ])('are no file when %s', async (_, source) => {
    await expect(read(fileStream(source, { name: 'a.csv', size: 7 }))).rejects.toMatchObject({
      code: 'file/cut-off',
      message: 'a.csv did not arrive whole.',
    })
  })
})
