# Å åpne en sak utenfor rollen sin.

navigation-open-case = Åpne annen sak
open_case-title = Åpne en sak utenfor rollen din
open_case-introduction =
    { $minutes ->
        [one] Du får lese saken i ett minutt.
       *[other] Du får lese saken i { $minutes } minutter.
    } Personvernombudet får beskjed med en gang, og hvem du er, formålet ditt og alt du åpner i saken, blir stående i innsynsloggen.
open_case-number = Saksnummer
    .help = Skriv det slik: 2026/42
    .missing = Det finnes ingen sak med dette nummeret som du kan åpne. Skriv det slik: 2026/42
open_case-not-found = Det finnes ingen sak med dette nummeret som du kan åpne.
open_case-purpose = Hva skal du bruke saken til?
    .help = Skriv hvilken oppgave du har som gjør at du trenger saken. Skriv ikke noe om saken selv.
    .missing = Skriv hva du skal bruke saken til.
open_case-submit = Åpne saken
