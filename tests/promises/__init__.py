"""What Postil promises, held by the tests that bear a promise's number: the rows, what was reached, and the page."""
