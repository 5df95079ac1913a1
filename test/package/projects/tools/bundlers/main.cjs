require('./journey.cjs').journey().then(console.log)
