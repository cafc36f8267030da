/** The table in which a sample records what it was built from. */
export const markerTable = '_chartroom_sample'

/** The version of the rows of the ecommerce sample, raised when code changes them. */
export const sampleVersion = 1
