# R's survey: raked by rake(), whose linearised errors respect the raking; of 1,000,000 rows its
# calibrate() takes longer still.
# Takes and prints what harness.py says, but no memory.
suppressPackageStartupMessages({
  library(survey)
  library(jsonlite)
})

arguments <- commandArgs(trailingOnly = TRUE)
file <- arguments[1]
from_memory <- arguments[2] == "memory"
repeats <- as.integer(arguments[3])
variables <- c("gender", "age", "education", "district")
margins <- read.csv(file.path(dirname(file), "margins.csv"))

read_respondents <- function() {
  # data.table's reader is by far the faster one where it is installed.
  if (requireNamespace("data.table", quietly = TRUE)) {
    data.table::fread(file, data.table = FALSE, stringsAsFactors = TRUE)
  } else {
    read.csv(file, stringsAsFactors = TRUE)
  }
}

population_of <- function(name) {
  own <- margins[margins$variable == name, ]
  setNames(data.frame(own$category, own$population), c(name, "Freq"))
}

estimate <- function(rows) {
  rows$satisfied <- as.numeric(rows$satisfaction >= 4)
  design <- svydesign(ids = ~1, weights = ~1, data = rows)
  # With its own idea of being content (1 person), but more sweeps than it allows by itself.
  raked <- rake(
    design, lapply(variables, reformulate), lapply(variables, population_of),
    control = list(maxit = 100)
  )
  list(svymean(~satisfied, raked), svyby(~satisfied, ~district, raked, svymean))
}

rows <- if (from_memory) read_respondents()
seconds <- c()
for (repeated in seq_len(repeats)) {
  begun <- proc.time()[["elapsed"]]
  found <- estimate(if (from_memory) rows else read_respondents())
  seconds <- c(seconds, proc.time()[["elapsed"]] - begun)
}
by_district <- found[[2]]
domains <- Map(c, by_district$satisfied, by_district$se)
names(domains) <- by_district$district
cat(toJSON(list(
  seconds = min(seconds),
  overall = c(coef(found[[1]]), SE(found[[1]])),
  domains = domains
), auto_unbox = TRUE, digits = NA))
