import '../card/card.css'

/** The panel before its data, in the final layout: nothing moves when they come. No words are needed to show it. */
export function Skeleton() {
  return (
    <div class="panel bones" aria-hidden="true">
      <header class="who">
        <span class="avatar bone" />
        <div class="who-name">
          <Bone width={9} height={1.125} />
          <Bone width={7} height={0.75} />
        </div>
        <div class="contact">
          <Bone width={11} height={0.75} />
          <Bone width={8} height={0.75} />
        </div>
      </header>
      <div class="chips">
        <Bone width={3.5} height={1.375} round />
        <Bone width={7} height={1.375} round />
        <Bone width={5} height={1.375} round />
      </div>
      <div class="totals">
        <div class="total-main">
          <Bone width={6} height={0.75} />
          <Bone width={9} height={1.5} />
        </div>
        <Bone width={4} height={1.75} />
        <Bone width={4} height={1.75} />
        <Bone width={4} height={1.75} />
      </div>
      <div class="sections">
        <Rows />
        <Rows />
      </div>
    </div>
  )
}

function Rows() {
  return (
    <div class="section">
      <div class="section-head">
        <Bone width={6} height={0.875} />
      </div>
      {[0, 1, 2].map((row) => (
        <div key={row} class="bone-row">
          <Bone width={11} height={0.875} />
          <Bone width={3} height={0.875} />
        </div>
      ))}
    </div>
  )
}

/** Sizes in rem. */
function Bone({ width, height, round }: { width: number; height: number; round?: boolean }) {
  return (
    <span
      class="bone"
      style={{
        width: `${width}rem`,
        maxWidth: '100%',
        height: `${height}rem`,
        ...(round && { borderRadius: '999px' }),
      }}
    />
  )
}
