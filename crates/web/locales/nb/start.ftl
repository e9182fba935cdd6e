start-title = Meld fra når noe går galt med opplysninger om mennesker
start-introduction = En mistet telefon, en e-post til feil person, eller noen som har sett noe de ikke skulle se: meld fra med en gang. Det tar et par minutter.
