import { useQuery } from 'urql'
import { graphql } from '../gql'
import { Answer } from '../parts/Answer'
import { Gate } from '../parts/Gate'
import { More } from '../parts/More'
import { Page } from '../parts/Page'
import { Rate } from '../parts/Rate'
import { Said } from '../parts/Said'
import { usePages } from '../parts/usePages'
import { useWords } from '../words'

const MINE = graphql(`
  query Mine($after: String) {
    viewer {
      id
      questions(first: 10, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { id status visibility studio { id name } ...SaidQuestion ...Rated }
      }
    }
  }
`)

/** What a citizen asked, also in private, with the answers, which can be rated here. */
export function Mine() {
  const words = useWords()
  const { cursors, more } = usePages('mine')
  return (
    <Gate title={words.mine} role="CITIZEN" forWhom={words.mineFor}>
      <Page title={words.mine} lead={<p>{words.mineLead}</p>}>
        <div className="stack">
          {cursors.map((after, index) => (
            <Questions key={after ?? ''} after={after} last={index === cursors.length - 1} onMore={more} />
          ))}
        </div>
      </Page>
    </Gate>
  )
}

function Questions({ after, last, onMore }: { after: string | null; last: boolean; onMore: (cursor: string) => void }) {
  const words = useWords()
  const asked = useQuery({ query: MINE, variables: { after }, requestPolicy: 'cache-and-network' })
  return (
    <Answer of={asked}>
      {({ viewer }) => (
        <>
          {viewer?.questions?.totalCount === 0 && <p className="aside">{words.none}</p>}
          {viewer?.questions?.nodes.map((question) => question && (
            <div key={question.id} className="own">
              <p className="tags">
                {question.status && <span className="tag mine">{words.statuses[question.status]}</span>}
                {question.visibility && <span className="tag">{words.visibilities[question.visibility]}</span>}
                <span>{question.studio?.name}</span>
              </p>
              <Said question={question} level="h2" />
              <Rate question={question} />
            </div>
          ))}
          <More after={viewer?.questions?.pageInfo} last={last} onMore={onMore} />
        </>
      )}
    </Answer>
  )
}
