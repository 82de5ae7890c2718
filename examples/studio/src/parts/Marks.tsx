import type { TypedDocumentNode } from 'urql'
import { graphql, read, type FragmentType } from '../gql'
import type { MarkStudioInput } from '../gql/graphql'
import { useWords } from '../words'
import { Came } from './Came'
import { useWrite, type Written } from './useWrite'

const MARKED = graphql(`fragment Marked on Studio { id viewerFollows viewerLikes statistics { followers likes } }`)

const FOLLOW = graphql(`
  mutation Follow($input: MarkStudioInput!) {
    write: followStudio(input: $input) { writeId effects { kind platform status } userErrors { code message field } studio { ...Marked } }
  }
`)
const UNFOLLOW = graphql(`
  mutation Unfollow($input: MarkStudioInput!) {
    write: unfollowStudio(input: $input) { writeId effects { kind platform status } userErrors { code message field } studio { ...Marked } }
  }
`)
const LIKE = graphql(`
  mutation Like($input: MarkStudioInput!) {
    write: likeStudio(input: $input) { writeId effects { kind platform status } userErrors { code message field } studio { ...Marked } }
  }
`)
const UNLIKE = graphql(`
  mutation Unlike($input: MarkStudioInput!) {
    write: unlikeStudio(input: $input) { writeId effects { kind platform status } userErrors { code message field } studio { ...Marked } }
  }
`)

type Act = TypedDocumentNode<{ write?: Written | null }, { input: MarkStudioInput }>

/** What a citizen makes of a studio: follow and like it, and take that back. */
export function Marks({ studio: masked }: { studio: FragmentType<typeof MARKED> }) {
  const words = useWords()
  const { id, viewerFollows, viewerLikes } = read(MARKED, masked)
  return (
    <>
      {viewerFollows != null && <Mark studioId={id} on={viewerFollows} act={FOLLOW} back={UNFOLLOW} words={[words.follow, words.unfollow]} />}
      {viewerLikes != null && <Mark studioId={id} on={viewerLikes} act={LIKE} back={UNLIKE} words={[words.like, words.unlike]} />}
    </>
  )
}

function Mark({ studioId, on, act, back, words }: { studioId: string; on: boolean; act: Act; back: Act; words: [string, string] }) {
  const { outcome, write } = useWrite(on ? back : act)
  return (
    <>
      <button type="button" className="quiet" onClick={() => void write({ studioId })}>{words[on ? 1 : 0]}</button>
      {outcome.is !== 'done' && outcome.is !== 'sending' && <Came of={outcome} />}
    </>
  )
}
