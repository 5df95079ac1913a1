/** Runs the cases of a contract one after the other and prints the results as one line of JSON. */
export async function runCases(cases) {
  const results = []
  for (const { name, run } of cases) {
    try {
      await run()
      results.push({ name })
    } catch (error) {
      results.push({ name, error: String(error?.stack ?? error) })
    }
  }
  console.log(JSON.stringify(results))
}
