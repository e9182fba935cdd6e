# Siden der en saksbehandler sier fra om fravær.

navigation-absence = Fravær
absence-title = Fravær
absence-introduction = Si fra når du er borte. I saker der du har en stedfortreder, tar den over så lenge. Fraværet tar slutt av seg selv.
absence-until = Når er du tilbake?
    .missing = Skriv når du er tilbake.
absence-submit = Si fra at jeg er borte
absence-away = Du står som borte til { $until }.
absence-back = Jeg er tilbake
absence-recorded = Fraværet er ført inn.
absence-ended = Du står ikke lenger som borte.
