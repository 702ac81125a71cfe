// How small a photo is made before it is sent: enough to see by, little enough for a slow network.

export const LONGEST = 1600 // px on the longer side
export const MOST_BYTES = 8 * 1024 * 1024 // the server takes no more

/** The size at which a picture is sent: never larger than it is, never with a side of nothing. */
export function fit(width: number, height: number, longest = LONGEST): { width: number; height: number } {
  const scale = Math.min(1, longest / Math.max(width, height, 1))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}
