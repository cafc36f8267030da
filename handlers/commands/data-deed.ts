import type { Dataset } from '#src/datasets/dataset.ts'
import type { Told } from '#src/vocabulary/answer.ts'
import type { DataDeed } from './data-words.ts'
import type { Command } from './parse.ts'
import type { CommandRun } from './reply.ts'
import type { DatasetUseCases, UseCases } from './use-cases.ts'

export type DeedRun = CommandRun<Extract<Command, { kind: 'dataset' }>>
export type Deed<K extends DataDeed['deed']> = Extract<DataDeed, { deed: K }>

/** A dataset with which something is done, and all that it takes. */
export type DeedAt = { run: DeedRun; datasets: DatasetUseCases; useCases: UseCases; dataset: Dataset }

type Words = Partial<Omit<Told, 'status' | 'id' | 'question'>> & Pick<Told, 'title'>

/** Tells what was done. */
export const said = ({ run, dataset }: DeedAt, told: Words): Told =>
  run.reply.told({ domain: dataset.domain, paragraphs: [], items: [], choices: [], ...told })

export const day = (at: number): string => new Date(at).toISOString().slice(0, 10)
