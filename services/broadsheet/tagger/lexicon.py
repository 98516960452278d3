"""The words that the first rules know. Written by hand, short on purpose: a trained tagger takes their place."""


def _words(text: str) -> frozenset[str]:
    return frozenset(" ".join(entry.split()) for entry in text.split(","))


PLACES = _words("""
Afghanistan, Albania, Algeria, Argentina, Armenia, Australia, Austria, Azerbaijan, Bangladesh, Belarus, Belgium,
Bolivia, Brazil, Bulgaria, Cambodia, Cameroon, Canada, Chad, Chile, China, Colombia, Croatia, Cuba, Cyprus, Denmark,
Ecuador, Egypt, Estonia, Ethiopia, Finland, France, Georgia, Germany, Ghana, Greece, Guatemala, Haiti, Honduras,
Hungary, Iceland, India, Indonesia, Iran, Iraq, Ireland, Israel, Italy, Jamaica, Japan, Jordan, Kazakhstan, Kenya,
Kosovo, Kuwait, Latvia, Lebanon, Liberia, Libya, Lithuania, Luxembourg, Malaysia, Mali, Malta, Mexico, Moldova,
Mongolia, Morocco, Mozambique, Myanmar, Nepal, Netherlands, New Zealand, Nicaragua, Niger, Nigeria, North Korea,
Norway, Oman, Pakistan, Panama, Paraguay, Peru, Philippines, Poland, Portugal, Qatar, Romania, Russia, Rwanda, Saudi
Arabia, Senegal, Serbia, Singapore, Slovakia, Slovenia, Somalia, South Africa, South Korea, Spain, Sri Lanka, Sudan,
Sweden, Switzerland, Syria, Taiwan, Tanzania, Thailand, Tunisia, Turkey, Uganda, Ukraine, United Arab Emirates,
United Kingdom, United States, Uruguay, Uzbekistan, Venezuela, Vietnam, Yemen, Zambia, Zimbabwe, Britain, England,
Scotland, Wales, U.S, U.S., US, USA, UK, U.K., U.K, UAE, Crimea, Gaza, California, Texas, Florida, New York, New
York City, Washington, Chicago, Boston, Los Angeles, San Francisco, Toronto, Montreal, Ottawa, London, Manchester,
Edinburgh, Dublin, Paris, Lyon, Berlin, Hamburg, Munich, Vienna, Zurich, Geneva, Brussels, Amsterdam, Rotterdam, The
Hague, Hague, Copenhagen, Oslo, Stockholm, Helsinki, Reykjavik, Warsaw, Prague, Budapest, Bucharest, Sofia, Athens,
Rome, Milan, Madrid, Barcelona, Lisbon, Moscow, Kyiv, Kiev, Odesa, Kharkiv, Lviv, Minsk, Istanbul, Ankara, Tehran,
Baghdad, Damascus, Beirut, Jerusalem, Tel Aviv, Cairo, Riyadh, Dubai, Doha, Nairobi, Lagos, Accra, Johannesburg,
Cape Town, Delhi, New Delhi, Mumbai, Karachi, Islamabad, Kabul, Dhaka, Bangkok, Hanoi, Jakarta, Manila, Beijing,
Shanghai, Hong Kong, Taipei, Seoul, Pyongyang, Tokyo, Osaka, Sydney, Melbourne, Canberra, Brasilia, Buenos Aires,
Santiago, Lima, Bogota, Caracas, Mexico City, Havana
""")
"""Countries, states and cities: GPE."""

REGIONS = _words(
    "Africa, Asia, Europe, Antarctica, North America, South America, Latin America, Middle East, Arctic, Balkans, Black Sea, "
    "Baltic, Mediterranean, Atlantic, Pacific, Danube, Rhine, Nile, Bosphorus, Alps, Himalayas"
)
"""Places that are no state: LOC."""

PEOPLES = _words("""
American, Americans, Russian, Russians, Ukrainian, Ukrainians, European, Europeans, British, English, Scottish,
Welsh, Irish, French, German, Germans, Dutch, Belgian, Danish, Norwegian, Swedish, Finnish, Polish, Czech,
Hungarian, Austrian, Swiss, Italian, Italians, Spanish, Portuguese, Greek, Greeks, Turkish, Turks, Israeli,
Israelis, Palestinian, Palestinians, Arab, Arabs, Iranian, Iranians, Iraqi, Syrian, Egyptian, Saudi, Chinese,
Japanese, Korean, Indian, Indians, Pakistani, Afghan, Vietnamese, Australian, Canadian, Canadians, Mexican,
Mexicans, Brazilian, African, Africans, Asian, Asians, Soviet, post-Soviet, Western, Republican, Republicans,
Democrat, Democrats, Democratic, Conservative, Conservatives, Liberal, Liberals, Christian, Christians, Muslim,
Muslims, Jewish, Jews, Catholic, Catholics, Protestant, Hindu, Hindus, Buddhist
""")
"""Nationalities, parties' members, religions: NORP."""

ORGANISATIONS = _words("""
NATO, Congress, White House, Senate, Pentagon, Kremlin, Supreme Court, Parliament, House of Representatives, House
of Commons, European Union, EU, United Nations, UN, U.N., U.N, European Commission, European Parliament, World Bank,
Red Cross, Treasury, GOP, Reuters, Associated Press, FBI, CIA, NASA, BBC, CNN, WHO, IMF, OPEC, FIFA, UEFA, Bundestag
""")
"""Bodies that news names without saying what they are: ORG."""

ORGANISATION_WORDS = _words("""
Inc, Corp, Corporation, Ltd, LLC, GmbH, AG, SA, PLC, Company, Group, Holdings, Bank, University, College, School,
Institute, Ministry, Department, Agency, Authority, Bureau, Office, Council, Committee, Commission, Board, Court,
Party, Union, Association, Federation, Foundation, League, Club, FC, Rovers, Hospital, Museum, Times, Post, Courier,
Ledger, Gazette, Herald, Service, Society, Alliance, Fund, Trust, Police, Army, Navy, Church, Airlines, Hotels,
Motors, Industries, Systems, Partners
""")
"""A name with one of these at its end, or before "of", is an organisation."""

FACILITY_WORDS = _words(
    "Bridge, Airport, Stadium, Square, Tower, Station, Cathedral, Palace, Hall, Avenue, Street, Highway, Tunnel, Canal"
)
PLACE_BEGINNINGS = _words("Port, Saint, St, North, South, East, West, New, Fort, San, Santa, Upper, Lower")
PLACE_ENDINGS = _words("Heath, Point, Hill, Beach, Park, County, City, Town, Village, Harbour")
"""Words by which a name of several words is told to be a town's."""

LOCATION_WORDS = _words(
    "Sea, Ocean, River, Lake, Bay, Mountains, Valley, Island, Islands, Peninsula, Desert, Coast, Strait, Gulf"
)

TITLES = _words("""
President, Vice, Prime, Minister, Chancellor, Mr, Mrs, Ms, Miss, Dr, Senator, Sen, Rep, Representative, Gov,
Governor, Mayor, Judge, Justice, Captain, General, Gen, Colonel, Sergeant, Professor, Prof, King, Queen, Prince,
Princess, Pope, Secretary, Chairman, Chairwoman, Director, Coach, Sir, Lady, Lord, Ambassador, Speaker,
Commissioner, Inspector, Author, Keeper, Health, Foreign, Defence, Defense, Finance, Interior, Attorney, Deputy,
Chief, Former, Engineer
""")
"""Words before a person's name that are no part of it."""

PERSON_TITLES = TITLES - _words(
    "Vice, Prime, Health, Foreign, Defence, Defense, Finance, Interior, Attorney, Deputy, Chief, Former"
)
"""Of these, the ones that a person's name follows directly."""

GIVEN_NAMES = _words("""
Adam, Agnes, Alan, Albert, Alexander, Alice, Ana, Andrew, Angela, Ann, Anna, Anne, Anthony, Antonio, Barbara, Ben,
Benjamin, Brian, Bridget, Carlos, Caroline, Charles, Christine, Christopher, Claire, Daniel, David, Diana, Donald,
Edward, Elena, Elizabeth, Emily, Emma, Eric, Eva, Frank, George, Hannah, Helen, Henry, Ingrid, Ivan, Jack, James,
Jane, Jennifer, Joan, Joe, John, Jonathan, Jose, Joseph, Juan, Julia, Karen, Kate, Kevin, Laura, Linda, Lisa,
Louise, Lucy, Luis, Marco, Margaret, Maria, Marie, Mark, Martha, Martin, Mary, Matthew, Michael, Mohammed, Muhammad,
Nancy, Nicholas, Olga, Oliver, Patricia, Patrick, Paul, Peter, Philip, Rachel, Richard, Robert, Roger, Rosa, Ruth,
Samuel, Sarah, Scott, Sergei, Simon, Sofia, Sophie, Stephen, Steven, Susan, Thomas, Tim, Tom, Victor, Vladimir,
Volodymyr, Walter, William
""")

PERSON_CUES = _words("said, says, told, added, argued, warned, wrote, added, announced, administration, campaign")
"""Words after a single capitalised word that make it a person."""

CONNECTORS = _words("of, the, de, del, van, von, der, den, bin, al, la, da, di")
"""Lower-case words that may stand inside a name."""

COMMON = _words("""
a, about, according, after, again, against, ago, all, almost, along, already, also, although, always, among, an,
and, another, any, are, around, as, ask, at, away, back, be, because, been, before, behind, being, below, best,
better, between, big, both, but, by, came, can, city, come, comes, could, country, critics, day, days, did, do,
does, down, during, each, early, eight, eleven, end, ends, even, every, everyone, everything, exit, experts, faith,
fall, families, far, farmers, few, finally, first, five, for, former, four, friday, from, future, gets, give, given,
goes, government, grows, had, half, has, have, he, health, her, here, high, his, historic, home, house, how,
however, i, if, in, inside, instead, into, is, it, its, just, last, late, later, latest, lawmakers, leader, leaders,
leap, leave, leaves, left, less, life, like, little, local, long, look, looks, made, make, makes, managers, many,
march, may, meanwhile, men, million, money, month, more, most, much, must, my, national, near, nearly, neither,
never, new, news, next, night, nine, no, nobody, none, nor, not, nothing, now, nurses, of, off, officials, often,
old, on, once, one, only, open, or, other, others, our, out, over, own, page, pay, people, pictures, police,
political, politics, prices, put, quick, read, recent, reporters, residents, return, right, rise, said, same, say,
says, scientists, second, see, seven, several, she, shipping, shopkeepers, short, should, show, since, six,
skippers, so, some, soon, speaker, staff, state, still, stop, story, such, take, takes, talks, team, teams, ten,
than, that, the, their, them, then, there, these, they, third, this, those, three, through, time, title, to, today,
together, tomorrow, too, top, town, trade, tuesday, two, uncertainty, under, until, up, us, use, very, volunteers,
vote, voters, votes, wait, walks, war, was, watch, way, we, week, were, what, when, where, whether, which, while,
who, why, will, win, wins, with, within, without, women, work, workers, world, would, year, years, yesterday, yet,
you, young, your, insurers, engineers, winter, winters, summer, spring, autumn
""")
"""Everyday words, lower case: capitalised at the start of a sentence or in a headline they are no name."""
