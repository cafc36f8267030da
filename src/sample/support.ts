import { type EnsureResult, ensureSample, type SampleState, sampleState } from './ensure.ts'
import type { OnProgress } from './sample.ts'
import { supportSample } from './support/sample.ts'
import type { SupportSettings, SupportSettingsInput } from './support/settings.ts'

export { resolveSupportSettings, supportDefaults, supportLarge } from './support/settings.ts'
export type { SupportSettings, SupportSettingsInput }

/** Whether the file holds the sample, made with these settings. */
export const supportState = async (path: string, settings?: SupportSettingsInput): Promise<SampleState> =>
  sampleState(path, supportSample(settings))

export type EnsureSupportOptions = { path: string; settings?: SupportSettingsInput; onProgress?: OnProgress }

/** Makes sure that the file holds the support sample of these settings; see {@link ensureSample}. */
export const ensureSupportSample = async ({
  path,
  settings,
  onProgress,
}: EnsureSupportOptions): Promise<EnsureResult> => ensureSample(path, supportSample(settings), onProgress)
