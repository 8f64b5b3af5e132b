# Each word does everything it needs from nothing; the work is in tools/.
.PHONY: run test check bench shots clean

run: ## the practice house on http://127.0.0.1:8000 (PORT=…, STUDIO_DATA=…)
	@tools/run.sh

test: ## all checks, as they run for every change
	@tools/check.sh all

check: ## the fast half of them
	@tools/check.sh fast

bench: ## figures, beside those of peers
	@tools/bench.sh

shots: ## the README's pictures
	@tools/shots.sh

clean: ## remove what was built; the data stays
	@tools/clean.sh
