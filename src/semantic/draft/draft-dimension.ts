import type { Dimension } from '../model.ts'

/** A dimension of a draft, and the column it stands for. */
export type DraftDimension = Dimension & { column: string }
