import { ecommerceSample } from './ecommerce/sample.ts'
import type { EcommerceSettings, EcommerceSettingsInput } from './ecommerce/settings.ts'
import { type EnsureResult, ensureSample, type SampleState, sampleState } from './ensure.ts'
import type { OnProgress } from './sample.ts'

export { ecommerceDefaults, ecommerceLarge, resolveEcommerceSettings } from './ecommerce/settings.ts'
export type { EcommerceSettings, EcommerceSettingsInput }

/** Whether the file holds the sample, made with these settings. */
export const ecommerceState = async (path: string, settings?: EcommerceSettingsInput): Promise<SampleState> =>
  sampleState(path, ecommerceSample(settings))

export type EnsureEcommerceOptions = {
  path: string
  settings?: EcommerceSettingsInput
  /** Hears how many of the orders are made, while it builds. */
  onProgress?: OnProgress
}

/** Makes sure that the file holds the ecommerce sample of these settings; see {@link ensureSample}. */
export const ensureEcommerceSample = async ({
  path,
  settings,
  onProgress,
}: EnsureEcommerceOptions): Promise<EnsureResult> => ensureSample(path, ecommerceSample(settings), onProgress)
