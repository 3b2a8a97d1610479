# Makes v8_syn_strata_psu.csv, .margins.csv and .json: strata, PSUs (one stratum has a single one),
# a finite number of PSUs, unequal base weights; before and after raking; every rule for a lonely
# PSU; domains of both. Run in this folder: Rscript v8_design.R
suppressMessages(library(survey))
set.seed(20231)
strata <- c(A = 5, B = 4, C = 6, D = 1, E = 3)
rows <- do.call(rbind, lapply(names(strata), function(h) {
  do.call(rbind, lapply(seq_len(strata[[h]]), function(i) {
    n <- sample(8:22, 1)
    data.frame(stratum = h, psu = paste0(h, i),
               sex = sample(c("F", "M"), n, TRUE, c(.58, .42)),
               age = sample(c("18-39", "40-59", "60+"), n, TRUE, c(.3, .4, .3)),
               q1 = pmin(5, pmax(1, round(rnorm(n, 3.7 + rnorm(1, 0, .4), 1.1)))),
               w = round(runif(1, 20, 90) * runif(n, .8, 1.2), 3))
  }))
}))
populations <- c(A = 25, B = 30, C = 18, D = 9, E = 3)
rows$fpc <- populations[rows$stratum]
rows$y <- as.numeric(rows$q1 >= 4)
total <- 21000
sex <- data.frame(sex = c("F", "M"), Freq = c(.505, .495) * total)
age <- data.frame(age = c("18-39", "40-59", "60+"), Freq = c(.36, .38, .26) * total)
totals <- c(`(Intercept)` = total, sexM = sex$Freq[2], `age40-59` = age$Freq[2], `age60+` = age$Freq[3])

figures <- function(d) {
  m <- svymean(~y, d, deff = "replace")
  q <- svymean(~q1, d)
  limits <- function(method) as.numeric(confint(svyciprop(~y, d, method = method, df = degf(d))))
  domains <- svyby(~y, ~sex, d, svymean)
  older <- svyglm(y ~ age, d)   # its slope is the difference of two domains' means
  contrast <- list(contrast = list(estimate = unname(coef(older)["age40-59"]), se = unname(SE(older)["age40-59"])))
  c(contrast, list(estimate = unname(coef(m)), se = unname(SE(m))[1], deff_srs_wr = as.numeric(deff(m)),
       mean = unname(coef(q)), mean_se = unname(SE(q))[1], df = degf(d),
       logit = limits("xlogit"), beta = limits("beta"), normal = limits("mean"),
       domains = lapply(seq_len(nrow(domains)), function(i) {
         s <- subset(d, sex == domains$sex[i])
         list(category = as.character(domains$sex[i]), n = sum(rows$sex == domains$sex[i]),
              estimate = domains$y[i], se = SE(domains)[i], df = degf(s),
              logit = as.numeric(confint(svyciprop(~y, s, method = "xlogit", df = degf(s)))),
              beta = as.numeric(confint(svyciprop(~y, s, method = "beta", df = degf(s)))))
       })))
}
expected <- list()
for (rule in c("adjust", "certainty", "average")) {
  options(survey.lonely.psu = rule)
  d <- svydesign(ids = ~psu, strata = ~stratum, weights = ~w, fpc = ~fpc, data = rows)
  r <- calibrate(d, ~sex + age, totals, calfun = "raking", epsilon = 1e-13, maxit = 200)
  o <- svydesign(ids = ~1, strata = ~stratum, weights = ~w, data = rows)
  expected[[rule]] <- list(none = figures(d), raking = figures(r), without_psu = figures(o))
}
write.csv(rows[, c("stratum", "psu", "sex", "age", "q1", "w", "fpc")], "v8_syn_strata_psu.csv", row.names = FALSE, quote = FALSE)
margins <- rbind(data.frame(variable = "sex", category = sex$sex, population = sex$Freq),
                 data.frame(variable = "age", category = age$age, population = age$Freq))
write.csv(margins, "v8_syn_strata_psu.margins.csv", row.names = FALSE, quote = FALSE)
json <- function(x) {
  if (is.list(x) && !is.null(names(x)))
    paste0("{", paste0('"', names(x), '": ', vapply(x, json, ""), collapse = ", "), "}")
  else if (is.list(x)) paste0("[", paste0(vapply(x, json, ""), collapse = ", "), "]")
  else if (is.character(x)) paste0('"', x, '"')
  else if (length(x) == 1) formatC(x, digits = 15, format = "g")
  else paste0("[", paste0(formatC(x, digits = 15, format = "g"), collapse = ", "), "]")
}
writeLines(json(list(made_with = list(R = R.version.string, survey = as.character(packageVersion("survey"))), expected = expected)),
           "v8_syn_strata_psu.json")
