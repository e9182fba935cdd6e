# Klokkeslett skrives etter mønsteret, med %H for time og %M for minutt.
clock-format = %H.%M
moment = { $day } kl. { $clock }
day = { $weekday } { $day }. { $month } { $year }

weekday-1 = mandag
weekday-2 = tirsdag
weekday-3 = onsdag
weekday-4 = torsdag
weekday-5 = fredag
weekday-6 = lørdag
weekday-7 = søndag

month-1 = januar
month-2 = februar
month-3 = mars
month-4 = april
month-5 = mai
month-6 = juni
month-7 = juli
month-8 = august
month-9 = september
month-10 = oktober
month-11 = november
month-12 = desember

minutes = { $count ->
    [one] 1 minutt
   *[other] { $count } minutter
}
hours = { $count ->
    [one] 1 time
   *[other] { $count } timer
}
days = { $count } døgn
under-a-minute = under ett minutt
first-and-second = { $first } og { $second }
remaining = { $duration } igjen
overdue-by = { $duration } over fristen
