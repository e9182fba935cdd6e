# Saker som er åpnet utenfor rollen, og varsler om uvanlig lesing.

openings-title = Saker åpnet utenfor rollen
openings-introduction = Noen ganger trenger en leder eller arkivar en sak som rollen deres ikke viser. Da skriver de hva de skal bruke den til, og ser den en stund. Gå gjennom hver gang det skjer: holder formålet? Det som ikke er fulgt opp, står øverst.
openings-none = Ingen har åpnet en sak utenfor rollen sin.
openings-reviewed = Fulgt opp
openings-not-reviewed = Ikke fulgt opp
openings-purpose = Formål
openings-at = Åpnet
openings-until = Åpen til
openings-duration = Hvor lenge
openings-finding = Funnet ut
openings-reviewed-by = Fulgt opp av
openings-reviewed-at = Fulgt opp
openings-review = Følg opp
openings-review-one = Følg opp: sak { $number }, { $who }

navigation-alerts = Uvanlig lesing
    .help = Se hvem som har lest eller hentet ut mer enn vanlig.
alerts-title = Varsler om uvanlig lesing
alerts-introduction = Avvik teller i innsynsloggen og sier fra, én gang for hver person og dag, når noen leser eller henter ut mer enn vanlig. Et varsel er ikke et bevis: det kan ha en god forklaring. Her står tall, tidspunkter og personer, ingenting om sakene. Grensene står i innstillingene.
alerts-none = Ingen har lest eller hentet ut mer enn vanlig.
alerts-caption = Det nyeste står øverst.
alerts-at = Tidspunkt
alerts-who = Hvem
alerts-rule = Hva som er uvanlig
alerts-count = Antall
alerts-limit = Grense
alerts-rule-many_cases = Mange forskjellige saker på én time, langt flere enn personen pleier
alerts-rule-old_cases = Mange saker på én dag som ble lukket for lenge siden
alerts-rule-refused_looks = Mange forsøk på én dag som ble avvist
alerts-rule-mass_export = Mange rader hentet ut på én dag
