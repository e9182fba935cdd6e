# Enheter, personer og API-nøkler, for systemadministratoren.

administration-introduction = Her legger du inn enhetene og personene, og bestemmer hvilke roller de har. Innholdet i sakene ser du ikke.
administration-people = Personer
administration-people-caption = De som ikke lenger har tilgang, står nederst.
administration-access = Tilgang
administration-active = Ja
administration-inactive = Nei
administration-no-roles = Ingen roller
administration-units = Enheter
administration-tokens = API-nøkler
administration-tokens-about = Med en API-nøkkel kan et annet system gjøre det personen kan gjøre. Trekk den tilbake når den ikke er i bruk lenger.
administration-tokens-caption = Den som utløper først, står øverst.
administration-no-tokens = Det er ingen API-nøkler.
administration-expires = Utløper
administration-expired = Utløpt
administration-back = Til administrasjon

unit_form-title = Legg til enhet
unit_form-introduction = En leder ser sakene i sin egen enhet og i enhetene under den.
unit_form-name = Navn
    .missing = Skriv hva enheten heter.
unit_form-unit = Hører til under
    .missing = Velg enheten den hører til under.
unit_form-submit = Legg til enheten

person_form-title = Legg til person
person_form-introduction = Når du har lagt til personen, får du et engangspassord som du gir videre. Personen velger sitt eget passord første gang.
person_form-name = Navn
    .missing = Skriv hva personen heter.
person_form-sign_in_name = Brukernavn
    .help = Brukes til å logge inn. Bokstaver, tall, punktum, bindestrek, understrek og krøllalfa.
    .missing = Skriv et brukernavn.
person_form-email = E-post
    .help = Dit går varsler om saker. Uten adresse får personen ingen varsler.
person_form-unit = Enhet
    .missing = Velg enheten personen hører til.
person_form-roles = Roller
person_form-submit = Legg til personen

roles_form-title = Endre roller
roles_form-roles = Roller
    .help = Rollene gjelder med en gang.
roles_form-submit = Lagre rollene

person-password = Nytt engangspassord
person-password-about = Bruk dette når noen har glemt passordet. Det gamle slutter å virke, og personen blir logget ut overalt.
person-password-submit = Lag nytt engangspassord
person-deactivate = Ta bort tilgangen
person-deactivate-about = Gjør dette når personen slutter. Det personen har gjort i sakene, blir stående.
person-deactivate-link = Ta bort tilgangen
person-inactive = Personen har ikke lenger tilgang.

deactivation-title = Ta bort tilgangen for { $name }?
deactivation-text = Personen blir logget ut og kan ikke logge inn igjen. API-nøklene til personen slutter å virke. Dette kan ikke gjøres om.
deactivation-submit = Ta bort tilgangen

token_form-title = Lag API-nøkkel
token_form-introduction = Nøkkelen gir det samme innsynet som personen har. Lag helst en egen person for hvert system.
token_form-user = Person
    .missing = Velg hvem nøkkelen gjelder for.
token_form-label = Hva den brukes til
    .missing = Skriv hva nøkkelen skal brukes til.
token_form-days = Antall dager den virker
    .missing = Skriv hvor mange dager nøkkelen skal virke.
token_form-days-unfit = Skriv et helt antall dager fra 1 til { $max }.
token_form-submit = Lag nøkkelen

revocation-title = Trekk tilbake nøkkelen «{ $label }»?
revocation-text = Systemet som bruker nøkkelen, mister tilgangen med en gang. Dette kan ikke gjøres om.
revocation-submit = Trekk tilbake
revocation-one = Trekk tilbake: { $label }

handed_out-password-title = Engangspassord for { $name }
handed_out-password-introduction = Skriv det ned eller gi det videre nå. Det vises bare denne ene gangen, og det virker bare til personen har valgt sitt eget passord.
handed_out-password-label = Engangspassord
handed_out-to-person = Til siden for { $name }
handed_out-token-title = API-nøkkelen er laget
handed_out-token-introduction = Legg nøkkelen inn i systemet som skal bruke den, nå. Den vises bare denne ene gangen, og vi har den ikke lagret.
handed_out-token-label = API-nøkkel
