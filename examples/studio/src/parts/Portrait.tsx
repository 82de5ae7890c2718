/** A member's picture, or the first sign of the name. */
export function Portrait({ name, url, size = 44 }: { name: string | null | undefined; url: string | null | undefined; size?: number }) {
  return url
    ? <img className="portrait" src={url} alt="" width={size} height={size} loading="lazy" />
    : <span className="portrait" aria-hidden="true" style={{ width: size, height: size }}>{name?.slice(0, 1)}</span>
}
