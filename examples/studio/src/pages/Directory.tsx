import { useQuery } from 'urql'
import { Link, useSearchParams } from 'wouter'
import { REGION } from '../gateway/address'
import { graphql, read, type FragmentType } from '../gql'
import type { StudioCategory, StudioOrder } from '../gql/graphql'
import { Answer } from '../parts/Answer'
import { keys, known } from '../parts/choices'
import { useNumbers } from '../parts/Figures'
import { More } from '../parts/More'
import { Page } from '../parts/Page'
import { Portrait } from '../parts/Portrait'
import { usePages } from '../parts/usePages'
import { useWords } from '../words'

const STUDIOS = graphql(`
  query Studios($filter: StudioFilter!, $order: StudioOrder!, $after: String) {
    studios(filter: $filter, orderBy: $order, first: 12, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { id ...StudioCard }
    }
  }
`)

const PLACES = graphql(`query Places($code: String!) { region(code: $code) { code name children { code name } } }`)

const CARD = graphql(`
  fragment StudioCard on Studio {
    id
    name
    category
    address
    region { code name }
    convener { id name portraitUrl }
    statistics { followers averageRating answeredQuestions medianReplyMinutes }
  }
`)

interface Wanted { category: StudioCategory | null; region: string | null; order: StudioOrder }

export function Directory() {
  const words = useWords()
  const [address, setAddress] = useSearchParams()
  const wanted: Wanted = {
    category: known(words.categories, address.get('category')) ?? null,
    region: address.get('region'),
    order: known(words.orders, address.get('order')) ?? 'FOLLOWERS_DESC',
  }
  const { cursors, more } = usePages(JSON.stringify(wanted))
  const [{ data }] = useQuery({ query: PLACES, variables: { code: REGION } })
  const places = [data?.region, ...(data?.region?.children ?? [])].filter((place) => place != null)

  function choose(name: string, value: string | null) {
    setAddress((old) => {
      const next = new URLSearchParams(old)
      if (value) next.set(name, value)
      else next.delete(name)
      return next
    })
  }

  return (
    <Page title={words.app} lead={<p>{words.directoryLead}</p>}>
      <form className="filters" onSubmit={(event) => event.preventDefault()}>
        <fieldset className="chips">
          <legend>{words.category}</legend>
          {[null, ...keys(words.categories)].map((category) => (
            <label key={category ?? ''}>
              <input type="radio" name="category" checked={wanted.category === category} onChange={() => choose('category', category)} />
              <span>{category ? words.categories[category] : words.all}</span>
            </label>
          ))}
        </fieldset>
        <label className="choice">
          {words.place}
          <select value={wanted.region ?? ''} onChange={(event) => choose('region', event.target.value)}>
            <option value="">{words.all}</option>
            {places.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}
          </select>
        </label>
        <label className="choice">
          {words.order}
          <select value={wanted.order} onChange={(event) => choose('order', event.target.value)}>
            {keys(words.orders).map((order) => <option key={order} value={order}>{words.orders[order]}</option>)}
          </select>
        </label>
      </form>
      {cursors.map((after, index) => (
        <Studios key={after ?? ''} wanted={wanted} after={after} last={index === cursors.length - 1} onMore={more} />
      ))}
    </Page>
  )
}

function Studios({ wanted, after, last, onMore }: { wanted: Wanted; after: string | null; last: boolean; onMore: (cursor: string) => void }) {
  const words = useWords()
  const asked = useQuery({
    query: STUDIOS,
    variables: { filter: { category: wanted.category, regionCode: wanted.region }, order: wanted.order, after },
  })
  return (
    <Answer of={asked}>
      {({ studios }) => (
        <>
          {after === null && (
            <p className="count" role="status">{studios?.totalCount != null && words.studiosFound(studios.totalCount)}</p>
          )}
          <ul className="cards">
            {studios?.nodes.map((studio) => studio && <li key={studio.id}><Card studio={studio} /></li>)}
          </ul>
          <More after={studios?.pageInfo} last={last} onMore={onMore} />
        </>
      )}
    </Answer>
  )
}

function Card({ studio: masked }: { studio: FragmentType<typeof CARD> }) {
  const words = useWords()
  const { count, rating, duration } = useNumbers()
  const studio = read(CARD, masked)
  const { statistics } = studio
  return (
    <article className="card">
      <h2><Link href={`/studios/${studio.id}`}>{studio.name ?? words.none}</Link></h2>
      <p className="tags">
        {studio.category && <span className="tag">{words.categories[studio.category]}</span>}
        {studio.region && <Link className="tag place" href={`/?region=${studio.region.code}`}>{studio.region.name}</Link>}
      </p>
      <p className="person-row">
        <Portrait name={studio.convener?.name} url={studio.convener?.portraitUrl} size={36} />
        <span>{studio.convener?.name ?? '–'}<small>{words.convener}</small></span>
      </p>
      <p className="address">{studio.address}</p>
      <dl className="measures">
        <div><dt>{words.rating}</dt><dd>{rating(statistics?.averageRating) ?? '–'}</dd></div>
        <div><dt>{words.answeredQuestions}</dt><dd>{count(statistics?.answeredQuestions) ?? '–'}</dd></div>
        <div><dt>{words.followers}</dt><dd>{count(statistics?.followers) ?? '–'}</dd></div>
        <div><dt>{words.medianReply}</dt><dd>{duration(statistics?.medianReplyMinutes) ?? '–'}</dd></div>
      </dl>
    </article>
  )
}
