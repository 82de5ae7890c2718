import { graphql, read, type FragmentType } from '../gql'
import { useWords } from '../words'

const BY_CATEGORY = graphql(`fragment ByCategory on QuestionNumbers { byCategory { category asked answered } }`)

/** A table whose rows are bars. */
export function CategoryBars({ of }: { of: FragmentType<typeof BY_CATEGORY> }) {
  const words = useWords()
  const rows = (read(BY_CATEGORY, of).byCategory ?? []).flatMap((row) =>
    row?.category ? [{ category: row.category, asked: row.asked ?? 0, answered: row.answered ?? 0 }] : [])
  rows.sort((one, other) => other.asked - one.asked)
  const most = Math.max(1, ...rows.map(({ asked }) => asked))
  const share = (value: number) => `${(value / most) * 100}%`
  return (
    <section className="panel" aria-labelledby="fields">
      <h2 id="fields">{words.questionsByCategory}</h2>
      <table className="bars">
        <thead>
          <tr><th scope="col">{words.category}</th><td /><th scope="col" className="number">{words.asked}</th><th scope="col" className="number">{words.answered}</th></tr>
        </thead>
        <tbody>
          {rows.map(({ category, asked, answered }) => (
            <tr key={category}>
              <th scope="row">{words.categories[category]}</th>
              <td className="bar-cell" aria-hidden="true">
                <span className="track waiting" style={{ width: share(asked) }} />
                <span className="track answered" style={{ width: share(answered) }} />
              </td>
              <td className="number">{asked}</td>
              <td className="number">{answered}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
