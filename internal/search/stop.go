package search

import (
	"strings"
	"sync"

	"lectern"
)

// stopWords returns the words of a locale that say little in a query, folded
// and without accents. They are indexed all the same: a query of nothing else
// is answered by them.
func stopWords(l lectern.Locale, a *analysis) map[string]bool {
	if same, ok := sameWords[l]; ok {
		l = same
	}
	m := map[string]bool{}
	for w := range strings.FieldsSeq(functionWords[l]) {
		m[strip(a.spell(w))] = true
	}
	return m
}

// little holds what Little found, by locale.
var little sync.Map

// Little returns the hashes of the terms that the function words of a locale
// become: texts that share no other terms have nothing in common. Nobody may
// change it.
func Little(l lectern.Locale) map[uint32]bool {
	if known, ok := little.Load(l); ok {
		return known.(map[uint32]bool)
	}
	a, m := analysisOf(l), map[uint32]bool{}
	said := l
	if same, ok := sameWords[l]; ok {
		said = same
	}
	for s := range a.words(functionWords[said]) {
		for _, t := range a.forms(nil, word{functionWords[said][s.start:s.end], s.kind}, false) {
			m[hash(t)] = true
		}
	}
	little.Store(l, m)
	return m
}

// functionWords are articles, pronouns, prepositions, auxiliaries and what
// questions are opened with. Words that can be what is asked about (off, not
// in: "turn off") are left out.
var functionWords = map[lectern.Locale]string{
	"en": `a an the this that these those and or but if then than so as of at by for from in into on to up with about
		i me my mine we us our you your he him his she her it its they them their
		am is are was were be been being do does did doing done have has had having
		can could will would shall should may might must
		how what when where which who whom whose why there here please
		i'm i've i'd i'll it's that's what's there's you're we're don't doesn't didn't can't won't isn't aren't`,
	"de": `der die das den dem des ein eine einer eines einem einen und oder aber wenn dann als wie so zu zum zur von vom
		in im ins an am auf aus bei beim mit nach für über unter vor durch um bis
		ich du er sie es wir ihr mich mir dich dir sich uns euch ihm ihn ihnen mein meine meinen meinem meiner meines
		dein deine deinen sein seine unser unsere ihre ihren dieser diese dieses diesen diesem
		bin bist ist sind seid war waren wird werden wurde wurden habe hast hat haben hatte
		kann kannst können könnte muss müssen soll sollte darf will möchte was wer wo wann warum wieso welche welcher welches
		da dass man auch noch nur schon denn doch bitte es gibt`,
	"fr": `le la les l un une des du de d au aux et ou mais si que qui quoi dont où qu ne
		à en dans par pour sur avec sous chez vers je j tu il elle on nous vous ils elles me m te t se s moi toi lui leur y
		mon ma mes ton ta tes son sa ses notre nos votre vos ce cet cette ces c ça cela
		suis es est sommes êtes sont était être ai as a avons avez ont avoir fait faire
		peux peut puis pouvez pouvoir dois doit faut veux voudrais comment quand pourquoi quel quelle quels quelles est-ce n`,
	"es": `el la los las lo un una unos unas y e o u pero si que qué de del a al en con por para sobre sin desde hasta
		yo tú él ella nosotros ustedes me te se nos le les mi mis tu tus su sus este esta esto estos estas ese esa eso
		soy eres es somos son era fue ser estoy está están estar he has ha han haber hay
		puedo puede puedes pueden poder debo debe quiero cómo como cuándo cuando dónde donde cuál cuáles quién por qué porque hago hacer`,
	"it": `il lo la i gli le l un uno una e ed o ma se che chi cui di del dello della dei degli delle a al allo alla ai agli alle
		da dal dallo dalla dai in nel nello nella nei nelle con su sul sulla sui per tra fra
		io tu lui lei noi voi loro mi ti si ci vi ne mio mia miei mie tuo tua suo sua nostro vostro questo questa questi queste
		sono sei è siamo siete era essere ho hai ha abbiamo avete hanno avere posso puoi può possiamo potete devo deve voglio vorrei
		come quando dove perché quale quali quanto cosa cos qual c d fare faccio all dell dall nell sull quest`,
	"pt": `o a os as um uma uns umas e ou mas se que de do da dos das a ao à aos às em no na nos nas com por pelo pela para pra sobre sem
		eu tu ele ela nós você vocês eles elas me te lhe meu minha meus minhas seu sua seus suas teu tua este esta isto esse essa isso
		sou é somos são era foi ser estou está estão estar tenho tem têm ter há posso pode podem poder devo deve quero
		como quando onde porque porquê qual quais quem faço fazer`,
	"nl": `de het een en of maar als dan dat die dit deze van in op aan bij met voor naar uit over door om te tot
		ik je jij u hij zij ze wij we jullie hun mij me mijn jouw uw zijn haar ons onze
		ben bent is zijn was waren word wordt worden heb hebt heeft hebben kan kun kunt kunnen moet moeten mag wil zal
		hoe wat wie waar wanneer waarom welk welke er hier daar ook nog`,
	"sv": `en ett den det de och eller men om så att som av i på till från för med vid hos genom
		jag du han hon vi ni mig dig sig oss er min mitt mina din ditt dina sin sitt sina vår vårt våra
		är var vara blir har hade ha kan kunde ska skulle måste vill får gör göra
		hur vad vem var när varför vilken vilket vilka här där denna detta dessa`,
	"da": `en et den det de og eller men hvis så at som af i på til fra for med ved hos om
		jeg du han hun vi I mig dig sig os jer min mit mine din dit dine sin sit sine vores
		er var være bliver har havde have kan kunne skal skulle må vil får gør gøre
		hvordan hvad hvem hvor hvornår hvorfor hvilken hvilket hvilke her der denne dette disse man`,
	"nb": `en et ei den det de og eller men hvis så at å som av i på til fra for med ved hos om
		jeg du han hun vi dere meg deg seg oss min mitt mine din ditt dine sin sitt sine vår vårt våre
		er var være blir har hadde ha kan kunne skal skulle må vil får gjør gjøre
		hvordan hva hvem hvor når hvorfor hvilken hvilket hvilke her der denne dette disse man`,
	"fi": `ja tai mutta jos kun kuin että niin se ne tämä nämä tuo minä sinä hän me te he minun sinun hänen minulla
		on ovat olen olet oli olla ole voi voin voinko voiko voit pitää mikä mitä miten missä milloin miksi kuka kuinka mistä myös`,
	"ru": `и или но а если то что чтобы как так же бы ли в во на к ко с со у о об от до из за по под при для без над про
		я ты он она оно мы вы они мне меня мной тебе тебя вам вас нам нас ему его ей её им их себя
		мой моя моё мои моего моей моих свой свою своей ваш ваша ваши наш это этот эта эти того тот та те
		есть был была было были быть будет могу может можно можете надо нужно хочу
		где когда почему зачем кто какой какая какие какую каким сколько чем чего ещё уже вот там тут
		здравствуйте привет пожалуйста подскажите скажите добрый день вечер спасибо`,
	"pl": `i oraz lub albo ale a jeśli to że żeby jak tak czy w we na do z ze u o od po za pod przy dla bez przez nad
		ja ty on ona ono my wy oni mnie mi ciebie ci jego jej ich im się siebie mój moja moje moich mojego swój swoje ten ta te tego tej
		jest są był była było być będzie mam masz ma mogę może można możesz trzeba muszę chcę
		gdzie kiedy dlaczego kto co jaki jaka jakie który która które ile`,
	"cs": `a i nebo ale pokud to že aby jak tak v ve na do z ze u o od po za pod při pro bez přes k ke s se si
		já ty on ona my vy oni mi mě mne tě vám nám jeho její jejich můj moje svůj svou ten ta tento tato
		je jsou jsem byl byla bylo být bude mám má mohu můžu může lze musím chci kde kdy proč kdo co jaký jaká jaké který která které`,
	"tr": `ve veya ya da de ile için bir bu şu o ben sen biz siz onlar benim senin bana sana beni mi mı mu mü
		nasıl ne neden niçin nerede ne zaman hangi kim var olarak gibi daha çok`,
	"hu": `a az egy és vagy de ha hogy mint is nem én te ő mi ti ők nekem engem van vagyok lehet kell tudok tudom
		hogyan mi mit mikor hol miért ki melyik ez ezt azt erre arra`,
	"ro": `un o unei unui și sau dar dacă că să de la în din pe cu pentru prin despre a al ale ai
		eu tu el ea noi voi ei mă îmi te îți se meu mea mele tău ta său sa acest această acesta
		sunt este e suntem era fi am are au avea pot poate poți trebuie vreau cum ce când unde care cine cât`,
	"el": `ο η το οι τα του της των τον την τους τις ένας μια ένα και ή αλλά αν να θα ότι που σε στο στη στην στον στα στις
		με για από ως εγώ εσύ μου σου μας σας τους είναι είμαι έχω έχει μπορώ μπορεί πρέπει θέλω πώς πως τι πότε πού γιατί ποιος ποια ποιο`,
	"id": `yang dan atau tetapi jika maka di ke dari pada untuk dengan oleh sebagai saya aku anda kamu kami kita mereka dia
		ini itu adalah bisa dapat harus akan sudah telah ada bagaimana apa apakah kapan dimana mana mengapa kenapa siapa cara`,
	"ca": `el la els les l un una uns unes i o però si que què de del dels d a al als en amb per sobre sense
		jo tu ell ella nosaltres em et es ens meu meva el seu la seva aquest aquesta això
		sóc és som són era ser estar està he has ha han hi puc pot poden he cal vull com quan on per què quin quina qui`,
	"hr": `i ili ali ako da što kako tako u na do iz s sa k od po za pod pri bez kroz o ja ti on ona mi vi oni me mi se moj moja moje svoj
		je su sam bio bila biti ima imam mogu može možete treba moram želim gdje kada zašto tko koji koja koje koliko li`,
	"bg": `и или но ако да че как така в във на до от с със за по под при без през аз ти той тя ние вие те ми ме се моя моят моето
		е са съм беше бъде има имам мога може трябва искам къде кога защо кой коя кое кои какво колко ли`,
	"vi": `và hoặc nhưng nếu thì là của cho với từ đến trong trên ở tại để bằng tôi bạn chúng ta này đó các những một
		có được bị thể phải sẽ đã đang như thế nào làm sao gì khi đâu ai`,
	"ar": `و أو لكن إذا أن إن في على إلى من عن مع هو هي هم أنا أنت نحن هذا هذه ذلك التي الذي كان يكون
		هل ما ماذا كيف متى أين لماذا يمكن يمكنني كم أي`,
	"he": `ו או אבל אם כי של את על אל מן עם אני אתה היא הוא אנחנו הם שלי לי זה זאת הזה יש להיות
		האם מה איך כיצד מתי איפה למה מדוע מי איזה ניתן אפשר`,
	"sl": `in ali a če da kako tako v na do iz s z k od po za pod pri brez skozi jaz ti on ona mi vi oni me se moj moja moje svoj
		je so sem bil bila biti bo imam lahko moram želim kje kdaj zakaj kdo kaj kateri katera katero koliko`,
	"et": `ja või aga kui et nagu siis ei see need ma mina sa sina ta tema me meie te teie nad minu sinu oma
		on olen oled oli olla saab saan saate pean tuleb kuidas mis mida kus millal miks kes milline`,
	"lt": `ir ar arba bet jei kad kaip taip į iš su be ant prie už nuo po per dėl aš tu jis ji mes jūs jie mano tavo savo
		yra buvo būti galiu galite galima reikia turiu noriu kur kada kodėl kas koks kokia kuris kuri kiek šis ši tas ta`,
	"lv": `un vai bet ja ka kā tā uz no ar bez pie par pēc pa es tu viņš viņa mēs jūs viņi mans mana savs savu
		ir bija būt var varu varat vajag gribu kur kad kāpēc kas kāds kāda kurš kura cik šis šī tas`,
	"mn": `ба болон буюу бол гэж энэ тэр би чи та бид миний таны өөрийн нь юу хэн хаана хэзээ яагаад хэрхэн яаж ямар аль вэ уу үү
		байна байгаа байх болно чадах`,
	"ko":    `을 를 은 는 이 가 에 의 도 로 과 와 에서 으로 하는 하기 합니 니다 나요 어떻 떻게 방법`,
	"ja":    `の を は が に で と も か へ です ます する した して ない ある いる 方法 どう こと から`,
	"zh-CN": `的 了 吗 呢 是 在 我 你 和 或 怎 么 怎么 如何 什么 为什 可以 哪 我的 请问`,
	"zh-TW": `的 了 嗎 呢 是 在 我 你 和 或 怎 麼 怎麼 如何 什麼 為什 可以 哪 我的 請問`,
}

// sameWords are the locales that share another's function words.
var sameWords = map[lectern.Locale]lectern.Locale{"pt-BR": "pt", "bs": "hr", "sr": "hr"}
