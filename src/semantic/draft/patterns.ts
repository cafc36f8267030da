/** What whole texts may look like, in words that DuckDB and PostgreSQL read alike. */
export const patterns = {
  email: '[^@ ]+@[^@ ]+[.][A-Za-z]{2,}',
  phone: '[+(]?[0-9][0-9 ()./-]{6,20}[0-9]',
  url: '(https?://|www[.]).+',
  ip: '[0-9]{1,3}[.][0-9]{1,3}[.][0-9]{1,3}[.][0-9]{1,3}',
} as const
