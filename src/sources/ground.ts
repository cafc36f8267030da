import type { DomainParts } from '#src/domain.ts'

/** What domains of one source stand on, and share. Closing its engine ends them all. */
export type Ground = Pick<DomainParts, 'engine' | 'textEngine' | 'guard' | 'english' | 'limits'>
