// What people type as an amount, as whole hundredths; undefined where it is none.

/** "12.5" yuan or points → hundredths of the unit: 1250. At most two decimals. */
export function hundredths(typed: string): number | undefined {
  const found = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(typed.trim())
  return found ? Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0')) : undefined
}

/** Yuan as typed → hundredths of a fen, as the server counts money. */
export function yuan(typed: string): number | undefined {
  const fen = hundredths(typed)
  return fen === undefined ? undefined : fen * 100
}
