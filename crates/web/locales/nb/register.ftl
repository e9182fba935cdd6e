# Oversikten over alle brudd (personvernforordningen artikkel 33 nr. 5).

register-title = Register over brudd
register-introduction = Her står alle brudd: hva som skjedde, hvilke virkninger det fikk, og hva som er gjort, enten bruddet ble meldt eller ikke (personvernforordningen artikkel 33 nr. 5). Registeret nevner ikke hvem som meldte fra, eller hvem som var involvert.
register-none = Det er ikke meldt noen avvik ennå. Når et avvik meldes, kommer det hit av seg selv.
register-download = Last ned hele registeret (CSV)
register-file = register-over-brudd.csv
register-count = { $count ->
    [one] 1 sak
   *[other] { $count } saker, den nyeste først
}
register-case = Sak
register-nothing = Ingenting er registrert.

register-facts = Fakta
register-what_happened = Hva som skjedde
register-category = Kategori
register-unit = Enhet
register-phase = Status
register-reported_at = Meldt inn
register-aware_at = Fristen løper fra
register-occurred_from = Skjedde fra
register-occurred_until = Skjedde til
register-personal_data = Gjelder personopplysninger
register-breach = Slags brudd

register-effects = Virkninger
register-whose_data = Hvem opplysningene gjelder
register-people = Hvor mange det gjelder
register-assessed = Vurdering
register-advised = Råd

register-action = Tiltak
register-measures = Tiltak
register-measure-verified = { $measure } (gjort, og det virker)
register-measure-open = { $measure } (virkningen er ikke bekreftet)

register-decisions = Avgjørelser
register-authority = Meldes til { -authority }
register-authority_grounds = Grunner for å melde eller ikke
register-people_decision = Varsel til dem det gjelder
register-people_grounds = Grunner for varsel eller ikke

register-notification = Meldingen til { -authority }
register-notified_at = Meldt til { -authority }
register-reference = Referanse
register-reasons_for_delay = Grunner til forsinkelsen
