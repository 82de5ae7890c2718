import { useId } from 'react'
import { Link } from 'wouter'
import { useWords } from '../words'
import { useNumbers } from './Figures'

type Maybe<Value> = Value | null | undefined
interface Row { rank: Maybe<number>; value: Maybe<number>; name: Maybe<string>; note: Maybe<string>; href?: Maybe<string> }

/** Who stands where; equal values share a rank. */
export function Ranking({ title, measure, rows }: { title: string; measure: string; rows: Maybe<Maybe<Row>[]> }) {
  const words = useWords()
  const { count } = useNumbers()
  const heading = useId()
  return (
    <section className="panel" aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      <table className="ranking">
        <thead>
          <tr><th scope="col">{words.rank}</th><th scope="col">{words.name}</th><th scope="col" className="number">{measure}</th></tr>
        </thead>
        <tbody>
          {rows?.map((row, index) => row && (
            <tr key={index}>
              <td className="rank">{row.rank}</td>
              <th scope="row">{row.href ? <Link href={row.href}>{row.name}</Link> : row.name}<small>{row.note}</small></th>
              <td className="number">{count(row.value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows?.length === 0 && <p className="aside">{words.none}</p>}
    </section>
  )
}
