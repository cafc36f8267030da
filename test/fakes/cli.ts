import type { CliIo } from '#handlers/cli/io.ts'
import type { CliCommand, CliTools, OpenOptions } from '#handlers/cli/tools.ts'
import type { UseCases } from '#handlers/commands/use-cases.ts'
import { fixedEffects } from '#src/effects.ts'
import { nearest } from '#src/semantic/near.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { scriptedUseCases } from './use-cases.ts'

/** A terminal in memory. `input` may be text or chunks that come one by one. */
export const memoryIo = (input: string | AsyncIterable<string | Uint8Array> = '', parts: Partial<CliIo> = {}) => {
  const written = { out: '', err: '', files: new Map<string, Uint8Array>() }
  const stop = new AbortController()
  const io: CliIo = {
    input: () => (typeof input === 'string' ? chunksOf(input) : input),
    out: async text => {
      written.out += text
    },
    err: async text => {
      written.err += text
    },
    width: 100,
    colour: false,
    signal: stop.signal,
    writeFile: async (path, bytes) => {
      if (path.startsWith('/forbidden')) throw ChartroomError.of('source/not-writable', { path })
      written.files.set(path, bytes)
    },
    ...parts,
  }
  return { io, written, stop: (reason = 'interrupted') => stop.abort(reason) }
}

async function* chunksOf(text: string) {
  if (text) yield text
}

export const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

const doctorCommand: CliCommand = {
  usage: 'doctor',
  summary: 'Checks the installation.',
  takesArguments: false,
  run: async (_, io) => {
    await io.out('All is well.\n')
    return 0
  },
}

const importCommand: CliCommand = {
  usage: 'import <file>',
  summary: 'Takes in a file.',
  takesArguments: true,
  run: async args => args.length,
}

/** Tools over scripted use cases that remember what was opened, closed and reported. */
export const scriptedTools = (useCases: UseCases = scriptedUseCases().useCases, parts: Partial<CliTools> = {}) => {
  const seen = { opened: [] as OpenOptions[], closed: 0, reported: [] as [unknown, string][] }
  const tools: CliTools = {
    open: async options => {
      seen.opened.push(options)
      return {
        useCases,
        paint: async () => png,
        close: async () => {
          seen.closed++
        },
      }
    },
    commands: { doctor: doctorCommand, import: importCommand },
    near: nearest,
    version: '0.1.0',
    effects: fixedEffects(),
    report: (error, incident) => seen.reported.push([error, incident]),
    ...parts,
  }
  return { tools, seen }
}
