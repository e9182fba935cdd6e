# Innsynsloggen, for den som fører kontroll.

access_log-introduction = Her ser du hvem som har sett på hva. Sakene står bare med nummer, og det noen har søkt etter, vises ikke. At du leser loggen, står også i den.
access_log-caption = Det nyeste står øverst.
access_log-none = Det står ikke noe i denne delen av loggen.
access_log-at = Tidspunkt
access_log-who = Hvem
access_log-what = Hva
access_log-page = Side
access_log-ground = Grunnlag
access_log-reporter = Melderen
access_log-case = Sak { $number }
access_log-some-case = En sak
access_log-search = Søk
access_log-export = { $list } (lastet ned)
access_log-refused = Avvist
access_log-deputy = Stedfortreder for saksbehandleren
access_log-latest = Nyeste
access_log-newer = Nyere
access_log-older = Eldre
access_log-list-inbox = Saksliste
access_log-list-register = Register over brudd
access_log-list-access_log = Innsynslogg
access_log-list-post = Utgående post
access_log-list-organisation = Enheter, personer og API-nøkler
access_log-list-own_reports = Egne meldinger
access_log-list-measures = Tiltak
