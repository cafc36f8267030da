import { ecommerceSample } from './ecommerce/sample.ts'
import type { EcommerceSettingsInput } from './ecommerce/settings.ts'
import type { Sample, SampleName } from './sample.ts'
import { supportSample } from './support/sample.ts'
import type { SupportSettingsInput } from './support/settings.ts'

/** Settings of every sample, each with its own. */
export type SampleSettings = { ecommerce?: EcommerceSettingsInput; support?: SupportSettingsInput }

/** A sample by name with its settings filled in. Throws `config/sample` when they make no sense. */
export const sampleOf = (name: SampleName, settings: SampleSettings = {}): Sample =>
  ({ ecommerce: () => ecommerceSample(settings.ecommerce), support: () => supportSample(settings.support) })[name]()
